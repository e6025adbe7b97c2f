<?php
namespace App;

class Page
{
    public function title(): string
    {
        return shout(\Word::first());
    }
}
