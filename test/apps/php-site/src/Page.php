<?php

namespace Shop;

class Page
{
    public static function title(): string
    {
        return "A shop";
    }
}
