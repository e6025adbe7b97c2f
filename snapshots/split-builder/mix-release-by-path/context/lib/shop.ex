defmodule Shop do
  use Application

  def start(_type, _args) do
    titles = File.read!("data/titles.txt")
    Supervisor.start_link([{Task, fn -> IO.puts(titles) end}], strategy: :one_for_one)
  end
end
