defmodule Letters.MixProject do
  use Mix.Project

  def project do
    [app: :letters, version: "0.1.0", elixir: "~> 1.14", start_permanent: Mix.env() == :prod, deps: deps()]
  end

  def application do
    [extra_applications: [:logger], mod: {Letters.Application, []}]
  end

  defp deps do
    [{:words, git: "file:///usr/share/mix/words.git", tag: "v1.2.0"}]
  end
end
