class Plugin { }
