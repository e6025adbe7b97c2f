<?php

namespace Letters;

class Main
{
}
