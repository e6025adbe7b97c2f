<?php
namespace App;

class Page
{
    public static function show(): string
    {
        return "shop";
    }
}
