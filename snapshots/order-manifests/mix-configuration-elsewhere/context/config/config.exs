import Config
import_config "../shared/config.exs"
