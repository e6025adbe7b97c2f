defmodule Letters do
end
