<?php
namespace App;
class Kernel extends BaseKernel {
    public function getCacheDir(): string { return "/tmp/cache"; }
}
