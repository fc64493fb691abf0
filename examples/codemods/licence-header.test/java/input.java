package shop;

final class Cart {}
