<?php
namespace Greeting;

class Greeting
{
    public const HELLO = "hello";
}
