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
      {:words, path: words_path()}
    ]
  end
end
