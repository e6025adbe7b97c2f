<?php return new App();
