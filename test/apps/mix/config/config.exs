import Config

config :letters, mark: "!"

import_config "#{config_env()}.exs"
