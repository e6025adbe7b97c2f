<?php
namespace Tests;

class PageTest
{
}
