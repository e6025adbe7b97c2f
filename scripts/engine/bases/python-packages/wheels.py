"""Makes wheels on disk, of small packages: some that pip finds in the place of an index, and one that no index has."""

import base64
import hashlib
import os
import zipfile

INDEX = "/usr/share/python-wheels"
ELSEWHERE = "/usr/share/own-wheels"

PACKAGES = {
    "letters": ("1.0.0", [], 'ALL = "abcdefghijklmnopqrstuvwxyz"\n'),
    "words": ("2.1.0", ["letters>=1,<2"], "import letters\n\n\ndef first():\n    return letters.ALL[:3]\n"),
    "speller": ("0.3.0", [], 'def spell(word):\n    return " ".join(word)\n'),
}


def record(files):
    lines = []
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(text.encode())}")
    return lines


os.mkdir(ELSEWHERE)
for name, (version, needs, module) in PACKAGES.items():
    info = f"{name}-{version}.dist-info"
    needed = "".join(f"Requires-Dist: {need}\n" for need in needs)
    files = {
        f"{name}.py": module,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needed}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: refit\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "\n".join([*record(files), f"{info}/RECORD,,", ""])
    folder = ELSEWHERE if name == "speller" else INDEX
    with zipfile.ZipFile(f"{folder}/{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            # Always the same bytes, since locks have their hash.
            wheel.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), text)
