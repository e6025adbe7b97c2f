namespace Shop.Stock; public static class Shelf { public const int Pieces = 12; }
