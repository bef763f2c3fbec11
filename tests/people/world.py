"""Twelve articles from twelve countries, written for these tests, with who is in them, what they are and what they said."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Known:
    """A person of an article: descriptions that are right (any of them, none where nothing is said), and their words."""

    descriptions: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """An article as read by hand."""

    country: str
    language: str
    title: str
    paragraphs: tuple[str, ...]
    people: dict[str, Known] = field(default_factory=dict)


STORIES = (
    Story(
        "United States", "en", "Senate panel turns down levee money",
        (
            "A Senate panel on Thursday turned down $40 million for river levees, a defeat for Louisiana Gov. Denise Fontaine, who had flown to Washington to ask for it.",
            "“The water does not care how we vote,” Ms. Fontaine told reporters outside the hearing room. “It will come again in spring.”",
            "Sen. Carl Whitmore, R-Neb., who leads the panel, said the state had not spent what it already had. “You do not refill a full cup,” he said.",
            "Whitmore’s wife, Joan Whitmore, a retired teacher, watched from the gallery. A spokesman for Fontaine said, “We will be back next year with the same numbers.”",
            "Robert Ames Jr. and his father, Robert Ames Sr., who farm near the river, had driven all night. “My boy wanted to see how it is done,” the elder Ames said.",
        ),
        {
            "Denise Fontaine": Known(("Louisiana Governor", "Louisiana Gov."), ("“The water does not care how we vote,”", "“It will come again in spring.”")),
            "Carl Whitmore": Known(("Senator (R-Neb.)", "Senator"), ("“You do not refill a full cup,”",)),
            "Joan Whitmore": Known(("retired teacher",)),
            "Robert Ames Jr.": Known(),
            "Robert Ames Sr.": Known((), ("“My boy wanted to see how it is done,”",)),
        },
    ),
    Story(
        "United Kingdom", "en", "Village shop saved by its customers",
        (
            "A shop that served Thornby for 120 years has been bought by the people who use it, the parish council said yesterday.",
            "‘We could not let it go for the sake of a car park,’ said Margaret Oakes, 74, chairwoman of the council. ‘The children’s sweets are still behind the till.’",
            "The former owner, Neil Hargreave, had planned to sell to what he called ‘the highest bidder’. His daughter Polly Hargreave persuaded him otherwise.",
            "‘Dad grumbled for a week and then signed,’ she laughed.",
            "Labour MP Sunita Rao, whose constituency takes in the village, told the BBC that others would follow. Shoppers including postman Derek Lyle queued in the rain.",
        ),
        {
            "Margaret Oakes": Known(("chairwoman of the council",), ("‘We could not let it go for the sake of a car park,’", "‘The children’s sweets are still behind the till.’")),
            "Neil Hargreave": Known(("former owner",)),
            "Polly Hargreave": Known((), ("‘Dad grumbled for a week and then signed,’",)),
            "Sunita Rao": Known(("Labour MP",)),
            "Derek Lyle": Known(("postman",)),
        },
    ),
    Story(
        "Nigeria", "en", "Lagos ferry crews end strike",
        (
            "Ferry crews in Lagos went back to work on Monday after the state agreed to pay three months of wages, union secretary Chukwuemeka Obi said.",
            "“Our members were eating once a day,” Obi told journalists at Marina. “No captain can steer on an empty stomach.”",
            "Commissioner for Transport Folake Adeyemi, who replaced Tunde Balogun as head of the ministry in May, signed for the government.",
            "“This should never have happened, and I am sorry,” she said.",
            "Alhaji Musa Danjuma, chairman of the boat owners’ association, welcomed the deal but asked who would repair the jetties.",
        ),
        {
            "Chukwuemeka Obi": Known(("union secretary",), ("“Our members were eating once a day,”", "“No captain can steer on an empty stomach.”")),
            "Folake Adeyemi": Known(("Commissioner for Transport", "head of the ministry in May", "head of the ministry"), ("“This should never have happened, and I am sorry,”",)),
            "Tunde Balogun": Known(),
            "Musa Danjuma": Known(("chairman of the boat owners’ association",)),
        },
    ),
    Story(
        "India", "en", "Two villages share one well",
        (
            "PUNE: Two villages that had fought over a well for a generation signed an agreement on Sunday under the eye of district collector Anjali Deshmukh.",
            "“Water has no caste,” Deshmukh told the crowd. Village head Ramesh Patil, 61, and schoolteacher Kavita Joshi wrote the text.",
            "“It took eleven drafts, and my wife read every one,” said Patil. According to Joshi, “the twelfth would have been shorter”.",
            "Former Union minister Suresh Kamat, an adviser to Chief Minister Vilas Shinde, called the paper “a small miracle of patience”.",
        ),
        {
            "Anjali Deshmukh": Known(("district collector",), ("“Water has no caste,”",)),
            "Ramesh Patil": Known(("Village head",), ("“It took eleven drafts, and my wife read every one,”",)),
            "Kavita Joshi": Known(("schoolteacher",), ("“the twelfth would have been shorter”",)),
            "Suresh Kamat": Known(("Former Union minister", "adviser to Chief Minister Vilas Shinde"), ("“a small miracle of patience”",)),
            "Vilas Shinde": Known(("Chief Minister",)),
        },
    ),
    Story(
        "Ireland", "en", "Tributes to fiddler who taught a county",
        (
            "Musicians gathered in Ennis yesterday to bury Bridie Hanrahan, the fiddle teacher who died on Monday aged 91.",
            "She is survived by her sons, Declan and Fergus Hanrahan, and by hundreds of pupils.",
            "“Bridie never once told me I was wrong; she only played it again,” said the composer Aoife Kinsella.",
            "Fr Tom Brogan, who said the Mass, recalled a woman of few words. “When she put down the bow, you knew,” he said.",
        ),
        {
            "Bridie Hanrahan": Known(("fiddle teacher",)),
            "Declan Hanrahan": Known(),
            "Fergus Hanrahan": Known(),
            "Aoife Kinsella": Known(("composer",), ("“Bridie never once told me I was wrong; she only played it again,”",)),
            "Tom Brogan": Known((), ("“When she put down the bow, you knew,”",)),
        },
    ),
    Story(
        "South Korea", "en", "Shipyard robots learn from welders",
        (
            "The shipbuilder’s chief engineer, Park Min-seo, has spent two years filming the hands of her oldest welders.",
            "“A good seam looks like sleeping fish,” Park said in an interview in Ulsan. “We had to teach a machine to see that.”",
            "Welder Kim Dae-jung, 63, was the first to be filmed. He was not sure at first. “I asked whether the robot would pay my pension,” Kim said.",
            "Two union officials, Choi Hana and Lee Jun-ho, have asked for a share of the savings.",
        ),
        {
            "Park Min-seo": Known(("shipbuilder’s chief engineer", "chief engineer"), ("“A good seam looks like sleeping fish,”", "“We had to teach a machine to see that.”")),
            "Kim Dae-jung": Known(("Welder",), ("“I asked whether the robot would pay my pension,”",)),
            "Choi Hana": Known(("union official",)),
            "Lee Jun-ho": Known(("union official",)),
        },
    ),
    Story(
        "Germany", "de", "Stadtrat streitet über die alte Brücke",
        (
            "Der Stadtrat hat am Mittwoch die Sanierung der alten Brücke verschoben. Oberbürgermeisterin Katrin Seidel sprach von einem schweren Tag.",
            "„Wir können nicht bauen, was wir nicht bezahlen können“, sagte Seidel nach der Sitzung. „Im Herbst reden wir neu.“",
            "Der Ingenieur Jörg Vollmer, der die Brücke seit Jahren prüft, widersprach: „Im Herbst ist es vielleicht zu spät.“",
            "Der Sprecher von Katrin Seidel sagte, die Stadt nehme die Warnung ernst. »Niemand wird hinüberfahren«, versicherte Kämmerer Uwe Brandt.",
        ),
        {
            "Katrin Seidel": Known(("Oberbürgermeisterin",), ("„Wir können nicht bauen, was wir nicht bezahlen können“", "„Im Herbst reden wir neu.“")),
            "Jörg Vollmer": Known(("Ingenieur",), ("„Im Herbst ist es vielleicht zu spät.“",)),
            "Uwe Brandt": Known(("Kämmerer",), ("»Niemand wird hinüberfahren«",)),
        },
    ),
    Story(
        "France", "fr", "Le dernier boulanger de la vallée",
        (
            "Dans la vallée, il ne reste qu’un four. Celui de Marc Delorme, 58 ans, qui pétrit chaque nuit à trois heures.",
            "« Si je m’arrête, il n’y aura plus de pain ici », explique Marc Delorme. « Mais je suis fatigué », ajoute-t-il.",
            "La maire, Sylvie Garnier, cherche un successeur. « Nous offrons le logement et le four », a déclaré Mme Garnier au conseil.",
            "Selon l’historien Paul Lemaire, « la vallée comptait neuf boulangers en 1950 ».",
        ),
        {
            "Marc Delorme": Known((), ("« Si je m’arrête, il n’y aura plus de pain ici »", "« Mais je suis fatigué »")),
            "Sylvie Garnier": Known(("maire",), ("« Nous offrons le logement et le four »",)),
            "Paul Lemaire": Known(("historien",), ("« la vallée comptait neuf boulangers en 1950 »",)),
        },
    ),
    Story(
        "Mexico", "es", "La biblioteca que viaja en burro",
        (
            "Cada martes, la maestra Lucía Robledo carga dos burros con libros y sube a la sierra.",
            "“Los niños ya no preguntan si vengo, preguntan qué traigo”, contó Robledo. “Eso vale más que un sueldo”, agregó.",
            "El alcalde de San Mateo, Ernesto Quiroga, prometió una camioneta. —La camioneta no sube donde suben los burros —dijo Lucía Robledo.",
            "«Tiene razón», reconoció Quiroga ante la maestra.",
        ),
        {
            "Lucía Robledo": Known(("maestra",), ("“Los niños ya no preguntan si vengo, preguntan qué traigo”", "“Eso vale más que un sueldo”")),
            "Ernesto Quiroga": Known(("alcalde de San Mateo",), ("«Tiene razón»",)),
        },
    ),
    Story(
        "Italy", "it", "Il porto chiude, i pescatori restano",
        (
            "Il porto vecchio chiude a fine mese, ma le barche non se ne vanno. «Qui sono nato e qui resto», ha detto Salvatore Greco, pescatore da quarant’anni.",
            "Il sindaco Giulia Ferrante ha promesso un molo nuovo. «I lavori cominciano in aprile», ha spiegato Ferrante.",
            "Con Salvatore Greco e Antonio Russo restano altre sei famiglie.",
        ),
        {
            "Salvatore Greco": Known(("pescatore da quarant’anni",), ("«Qui sono nato e qui resto»",)),
            "Giulia Ferrante": Known(("sindaco",), ("«I lavori cominciano in aprile»",)),
            "Antonio Russo": Known(),
        },
    ),
    Story(
        "Brazil", "pt", "Enfermeira atravessa o rio para vacinar",
        (
            "A enfermeira Jurema Tavares atravessa o rio duas vezes por semana com uma caixa de gelo.",
            "“A vacina não espera a cheia baixar”, disse Jurema Tavares. “Eu também não”, acrescentou Tavares.",
            "O secretário de Saúde, Paulo Meireles, prometeu um barco novo. “Até março ele chega”, afirmou Meireles.",
        ),
        {
            "Jurema Tavares": Known(("enfermeira",), ("“A vacina não espera a cheia baixar”", "“Eu também não”")),
            "Paulo Meireles": Known(("secretário de Saúde",), ("“Até março ele chega”",)),
        },
    ),
    Story(
        "Netherlands", "nl", "Dijkgraaf waarschuwt voor muskusratten",
        (
            "De muskusrat is terug langs de rivier. Dijkgraaf Hanneke Postma laat nieuwe vallen zetten.",
            "„Eén gang kan een hele dijk verzwakken”, zei Postma. ‘Wij vangen er nu twintig per week,’ aldus rattenvanger Joris Dekker.",
            "Volgens Joris Dekker is het ‘nog nooit zo erg geweest als nu’.",
        ),
        {
            "Hanneke Postma": Known(("Dijkgraaf",), ("„Eén gang kan een hele dijk verzwakken”",)),
            "Joris Dekker": Known(("rattenvanger",), ("‘Wij vangen er nu twintig per week,’", "‘nog nooit zo erg geweest als nu’")),
        },
    ),
)  # fmt: skip
