"""`plumbline rehearse`: a council's whole year in advance, with make-believe people and nothing sent."""
