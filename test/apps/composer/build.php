<?php
require __DIR__ . "/vendor/autoload.php";
file_put_contents(__DIR__ . "/title.txt", (new App\Page())->title());
