require "securerandom"

Rails.application.configure do
  config.enable_reloading = false
  config.eager_load = true
  config.public_file_server.enabled = true
  # There are neither sessions nor cookies.
  config.secret_key_base = SecureRandom.hex(64)
end
