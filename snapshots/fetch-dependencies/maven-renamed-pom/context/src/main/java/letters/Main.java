package letters;
