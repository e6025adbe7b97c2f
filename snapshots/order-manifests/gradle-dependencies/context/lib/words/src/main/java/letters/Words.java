package letters;

final class Words {}
