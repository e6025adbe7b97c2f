package letters;

final class Letters {}
