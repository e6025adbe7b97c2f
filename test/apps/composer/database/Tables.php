<?php
class Tables
{
    public const ALL = ["pages"];
}
