"""What each feature of a possible speaker is worth. The speaker of a quotation is the mention with the highest sum, or nobody.

The values were set by hand, and then moved by fitting them to 24 Wikinews articles as annotated in GUM, the Georgetown University
Multilayer corpus (texts CC BY 2.5, annotations CC BY 4.0). No other corpus went into them. `bench/quotations.py` fits them anew.
All languages share them.
"""

WEIGHTS = {
    # The words between the mention and the quotation
    "cue": 2.4,  # it is the subject of a verb of saying: “Roe said”, “said Roe”
    "cue_far": -0.3,  # … which is reached across an apposition or a few words
    "according": 2.3,  # “according to Roe”
    "touch_comma": 1.4,  # the verb and the mention are beside the quotation, joined by a comma or colon
    "colon_sentence": 0.6,  # it is in a sentence that ends with a colon and the quotation
    "participle": 1.8,  # it begins the sentence of “…, calling it “…””
    # How far apart they are
    "same_sentence": 0.9,
    "sentences_between": -0.9,  # for each, two at most
    "quotations_between": -1.1,  # for each, two at most
    "paragraphs_before": -1.6,  # for each
    "paragraph_after": -3.7,
    # What the mention is, and its part in its sentence
    "name": 0.9,
    "noun": -0.7,  # neither a name nor a word for people
    "object": -2.5,  # “told Roe”
    "embedded": -2.0,  # “said Roe was ill”
    "possessive": -1.5,
    "new_clause": -1.7,  # “…,” while Roe said
    # The quotation before
    "goes_on": 2.0,  # it spoke the quotation before, and this one begins a sentence
    "continued": 5.0,  # … whose marks were left open
    "cue_alone": 2.5,  # … and a verb without subject is beside this one (Spanish, Portuguese, Italian)
    # Nobody: a title, a slogan, a word that is only mentioned
    "nobody": 0.7,
    "nobody_short": 2.0,  # one or two words
    "nobody_titled": 2.1,  # most words begin with a capital
    "nobody_named": 1.5,  # it follows on “the”, “called”, “of”
}
