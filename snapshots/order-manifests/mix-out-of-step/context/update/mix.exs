defmodule Letters.MixProject do
  use Mix.Project

  def project do
    [
      app: :letters,
      version: "0.1.0",
      deps: deps()
    ]
  end

  defp deps do
    [
      {:jason, "~> 1.2"}
    ]
  end
end
