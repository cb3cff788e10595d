"""How a text is read: phrases, the gazetteer, and the words of days and hours. Internal to `proli.knowledge`."""
