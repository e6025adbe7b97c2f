import speller


def main():
    print(speller.spell("welcome"))
