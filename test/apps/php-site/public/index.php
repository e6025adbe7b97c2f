<?php

require __DIR__ . "/../vendor/autoload.php";

echo Shop\Page::title(), "\n";
