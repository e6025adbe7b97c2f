module LettersHelper
  def letter_styles
    File.read(Rails.root.join("app", "assets", "stylesheets", "application.scss"))
  end
end
