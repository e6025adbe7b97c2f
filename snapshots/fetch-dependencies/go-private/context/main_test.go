package main

import _ "git.example.com/checks"
