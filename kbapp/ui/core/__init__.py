"""What every feature is given: context, events, tasks, undo. No widgets."""
