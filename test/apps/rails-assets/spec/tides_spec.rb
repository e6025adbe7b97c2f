RSpec.describe "tides" do
  it("has heights") { expect(TidesController.new.index).to include("Brest") }
end
