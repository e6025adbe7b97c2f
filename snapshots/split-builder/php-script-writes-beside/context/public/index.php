<?php

echo "tea";
