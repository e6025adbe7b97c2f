defmodule Letters.MixProject do
  use Mix.Project

  def project do
    [
      app: :letters,
      version: File.read!("VERSION"),
      deps: deps()
    ]
  end

  defp deps do
    [
      {:jason, "~> 1.2"}
    ]
  end
end
