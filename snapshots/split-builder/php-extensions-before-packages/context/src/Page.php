<?php
namespace Shop;

class Page {}
