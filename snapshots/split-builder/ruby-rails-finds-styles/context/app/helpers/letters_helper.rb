module LettersHelper
  def letter_styles
    Rails.application.assets.load_path.find("application.css").content
  end
end
