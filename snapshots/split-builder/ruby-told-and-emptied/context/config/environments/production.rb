Rails.application.configure do
  config.assets.compile = false
end
