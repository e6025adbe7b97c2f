# A package of one's own, that no index has.
mkdir wheels
docker run --rm python:3.13-trixie cat /usr/share/own-wheels/speller-0.3.0-py3-none-any.whl >wheels/speller-0.3.0-py3-none-any.whl
