defmodule Letters.MixProject do
  use Mix.Project

  def project do
    [app: :letters, version: String.trim(File.read!("VERSION")), elixir: "~> 1.18", deps: deps()]
  end

  defp deps do
    [{:jason, "~> 1.4"}]
  end
end
