defmodule Letters.Server do
  @moduledoc "Greets whoever asks, over HTTP."

  def run do
    {:ok, listener} = :gen_tcp.listen(4000, [:binary, packet: :http_bin, active: false, reuseaddr: true])
    accept(listener)
  end

  defp accept(listener) do
    {:ok, socket} = :gen_tcp.accept(listener)
    spawn(fn -> answer(socket) end)
    accept(listener)
  end

  defp answer(socket) do
    with {:ok, {:http_request, _, _, _}} <- :gen_tcp.recv(socket, 0, 5_000) do
      body = Words.greeting("reader") <> "\n"
      :gen_tcp.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: #{byte_size(body)}\r\nConnection: close\r\n\r\n#{body}")
    end

    :gen_tcp.close(socket)
  end
end
