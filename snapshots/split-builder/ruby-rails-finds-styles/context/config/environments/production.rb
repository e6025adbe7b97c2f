Rails.application.configure do
  config.action_mailer.show_previews = true
  config.assets.compile = false
end
