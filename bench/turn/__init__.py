"""How fast a press that saves a section is answered, beside two references in the same run."""
