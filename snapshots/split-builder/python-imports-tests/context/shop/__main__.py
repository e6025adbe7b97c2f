from tests.titles import TITLES

print(TITLES)
