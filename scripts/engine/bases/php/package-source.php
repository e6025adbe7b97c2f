<?php
// Makes a repository on disk, of small packages: what Composer reads from a `file:` address, and the archives beside it.
const SOURCE = "/usr/share/package-source";

$packages = [
    "letters" => [
        "1.0.0",
        ["autoload" => ["psr-4" => ["Letters\\" => "src/"], "files" => ["src/helpers.php"]]],
        [
            "src/Alphabet.php" => "<?php\nnamespace Letters;\n\nclass Alphabet\n{\n    public const ALL = ['a', 'b', 'c'];\n}\n",
            "src/helpers.php" => "<?php\nfunction first_letter(): string\n{\n    return Letters\\Alphabet::ALL[0];\n}\n",
        ],
    ],
    "words" => [
        "2.1.0",
        ["require" => ["example/letters" => "^1.0"], "autoload" => ["classmap" => ["lib/"]]],
        ["lib/Word.php" => "<?php\nclass Word\n{\n    public static function first(): string\n    {\n        return implode('', Letters\\Alphabet::ALL);\n    }\n}\n"],
    ],
    "speller" => [
        "0.3.0",
        ["bin" => ["bin/speller"]],
        ["bin/speller" => "#!/usr/bin/env php\n<?php\necho \"spelled\\n\";\n"],
    ],
];

mkdir(SOURCE);
$index = [];
foreach ($packages as $name => [$version, $fields, $files]) {
    $manifest = ["name" => "example/$name", "version" => $version] + $fields;
    $archive = new PharData(SOURCE . "/$name.zip");
    $archive["$name/composer.json"] = json_encode($manifest);
    foreach ($files as $path => $text) {
        $archive["$name/$path"] = $text;
    }
    $dist = ["type" => "zip", "url" => "file://" . SOURCE . "/$name.zip", "reference" => "$name-$version"];
    $index["example/$name"][$version] = $manifest + ["dist" => $dist];
}
file_put_contents(SOURCE . "/packages.json", json_encode(["packages" => $index]));
