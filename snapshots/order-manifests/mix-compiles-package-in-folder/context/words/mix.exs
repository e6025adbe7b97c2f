defmodule Words.MixProject do
  use Mix.Project

  def project do
    [app: :words, version: "0.1.0", elixir: "~> 1.18", deps: deps()]
  end

  defp deps do
    []
  end
end
