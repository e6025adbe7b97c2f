<?php
function shout(string $text): string
{
    return strtoupper($text);
}
