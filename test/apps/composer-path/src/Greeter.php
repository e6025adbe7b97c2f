<?php
namespace Greeter;

class Greeter
{
    public function say(): string
    {
        return \Greeting\Greeting::HELLO . " " . \Word::first();
    }
}
