Rails.application.configure do
  config.assets.compile = true
end
