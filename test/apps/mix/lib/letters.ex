defmodule Letters do
  @moduledoc "Greets whoever asks."

  def greet(name), do: IO.puts(Words.greeting(name) <> Application.fetch_env!(:letters, :mark))
end
