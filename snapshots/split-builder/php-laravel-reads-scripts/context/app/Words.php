<?php

namespace App;

class Words
{
    public function all(): array
    {
        return json_decode(file_get_contents(resource_path('js/words.json')), true);
    }
}
