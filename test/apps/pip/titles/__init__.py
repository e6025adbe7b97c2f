import speller
import words


def title():
    return speller.spell(words.first()).title()
