<?php

assert(Shop\Page::title() !== "");
