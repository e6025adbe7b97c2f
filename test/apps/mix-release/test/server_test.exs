defmodule Letters.ServerTest do
  use ExUnit.Case

  test "greets" do
    assert Words.greeting("reader") =~ "reader"
  end
end
