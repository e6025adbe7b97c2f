namespace Words;
