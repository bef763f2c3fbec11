; Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\kbapp.iss, after sh packaging/bundle.sh. Installs for this user, without a password.
; Signing: iscc /Ssigntool="signtool sign /fd sha256 /tr http://timestamp.digicert.com /td sha256 /a $f" ...
#ifndef Version
  #error Version is missing: iscc /DVersion=x.y.z
#endif
[Setup]
AppId={{6B1C3A52-4F2E-4C57-9C0B-3A7E52C0D1AB}
AppName=kbapp
AppVersion={#Version}
AppPublisher=The kbapp developers
DefaultDirName={autopf}\kbapp
DefaultGroupName=kbapp
PrivilegesRequired=lowest
ChangesAssociations=yes
DisableProgramGroupPage=yes
OutputDir=..\..\dist
OutputBaseFilename=kbapp-{#Version}-setup
SetupIconFile=..\..\build\icons\kbapp.ico
UninstallDisplayIcon={app}\kbapp.exe
Compression=lzma2
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
#ifdef Sign
SignTool=signtool
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"

[InstallDelete]
; Libraries of an older version would be loaded beside those of this one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\build\bundle\kbapp\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\kbapp"; Filename: "{app}\kbapp.exe"
Name: "{autodesktop}\kbapp"; Filename: "{app}\kbapp.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\kb"; ValueType: string; ValueData: "URL:kbapp"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\kb"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\kb\shell\open\command"; ValueType: string; ValueData: """{app}\kbapp.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\kbapp.exe\shell\open\command"; ValueType: string; ValueData: """{app}\kbapp.exe"" ""%1"""; Flags: uninsdeletekey
#define Type(Ext) 'Root: HKA; Subkey: "Software\Classes\Applications\kbapp.exe\SupportedTypes"; ValueType: string; ValueName: "' + Ext + '"; ValueData: ""' + NewLine
#define NewLine Chr(13) + Chr(10)
#emit Type(".html") + Type(".htm") + Type(".mhtml") + Type(".txt") + Type(".md") + Type(".pdf") + Type(".docx") + Type(".odt") + Type(".rtf") + Type(".epub") + Type(".eml") + Type(".mbox") + Type(".warc") + Type(".ris") + Type(".bib")

[Run]
Filename: "{app}\kbapp.exe"; Description: "{cm:LaunchProgram,kbapp}"; Flags: nowait postinstall skipifsilent
